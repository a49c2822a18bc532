/**
 * Configuration into validated records; the providers as a table. Depends on the JDK alone.
 *
 * <p>The way in is {@link io.mailroutes.account.Configuration#read}. How a file becomes accounts:
 *
 * <ol>
 *   <li>{@code ConfigurationReader} sorts the keys: settings, secrets, and an {@code AccountKeyCheck} per account,
 *       which refuses unknown keys and values that cannot be right whatever they are for.
 *   <li>{@code AccountValues} lays the account's keys over those of its {@code oauth-profile} and its provider's row.
 *   <li>{@code AccountReader} asks one rule after another for its part; each reports what is wrong and goes on.
 *   <li>Nothing was reported: the records are built. Else one {@link io.mailroutes.account.ConfigurationException} says
 *       everything.
 * </ol>
 */
@NullMarked
package io.mailroutes.account;

import org.jspecify.annotations.NullMarked;
