/** The two doors: {@link io.mailroutes.Main} for people, {@code Mailroutes} for programs. */
@NullMarked
package io.mailroutes;

import org.jspecify.annotations.NullMarked;
