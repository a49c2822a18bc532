package io.mailroutes.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;

/**
 * The private configuration of one Dovecot 2.3, written below one directory. Nothing of the system's own Dovecot is read
 * or written.
 *
 * @param extra lines for the end of the file; a later setting replaces an earlier one
 */
record DovecotConfig(
        Path directory,
        int port,
        int imapsPort,
        URI introspection,
        String password,
        SelfSignedCertificate certificate,
        List<String> extra) {
    /** Debian's nobody: mail processes may not run as root. */
    private static final String UNPRIVILEGED = "65534";

    private static final String MAIN = """
            base_dir = @DIR@/run
            state_dir = @DIR@/state
            log_path = @DIR@/dovecot.log
            auth_verbose = yes
            protocols = imap
            listen = 127.0.0.1
            ssl = yes
            ssl_cert = <@CERT@
            ssl_key = <@KEY@
            disable_plaintext_auth = no
            auth_mechanisms = plain xoauth2 oauthbearer
            auth_failure_delay = 0
            @USERS@
            first_valid_uid = 1
            last_valid_uid = 0
            mail_max_userip_connections = 1000
            mail_location = maildir:@DIR@/mail/%u
            mail_fsync = never
            namespace inbox {
              inbox = yes
              separator = /
              mailbox Archive {
                auto = create
                special_use = \\Archive
              }
            }
            service imap-login {
              @CHROOT@
              service_count = 0
              process_min_avail = 1
              inet_listener imap {
                port = @PORT@
              }
              inet_listener imaps {
                port = @IMAPS@
                ssl = yes
              }
            }
            service imap {
              process_limit = 1024
            }
            # Failures of one address are not slowed down: tests provoke them.
            service anvil {
              @CHROOT@
              unix_listener anvil-auth-penalty {
                mode = 0
              }
            }
            service stats {
              @CHROOT@
            }
            passdb {
              driver = oauth2
              mechanisms = xoauth2 oauthbearer
              args = @DIR@/oauth2.conf
            }
            passdb {
              driver = static
              mechanisms = plain
              args = password=@PASSWORD@
            }
            userdb {
              driver = static
              args = uid=@UID@ gid=@GID@ home=@DIR@/mail/%u
            }
            """;

    private static final String OAUTH2 = """
            introspection_url = @URL@
            introspection_mode = post
            username_attribute = username
            active_attribute = active
            active_value = true
            """;

    /** Writes the files; returns the main one. */
    Path write() throws IOException {
        String owner = Files.getOwner(directory).getName();
        boolean root = "root".equals(owner);
        Path mail = Files.createDirectories(directory.resolve("mail"));
        if (root) {
            Files.setOwner(
                    mail, mail.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(UNPRIVILEGED));
        }
        String gid =
                root ? UNPRIVILEGED : Files.getAttribute(directory, "unix:gid").toString();
        String main = MAIN.replace("@USERS@", root ? "" : internalUsers(owner))
                .replace("@CHROOT@", root ? "" : "chroot =")
                .replace("@DIR@", directory.toString())
                .replace("@CERT@", certificate.certificate().toString())
                .replace("@KEY@", certificate.key().toString())
                .replace("@PORT@", Integer.toString(port))
                .replace("@IMAPS@", Integer.toString(imapsPort))
                .replace("@PASSWORD@", password)
                .replace(
                        "@UID@",
                        root
                                ? UNPRIVILEGED
                                : Files.getAttribute(directory, "unix:uid").toString())
                .replace("@GID@", gid);
        Files.writeString(directory.resolve("oauth2.conf"), OAUTH2.replace("@URL@", introspection.toString()));
        return Files.writeString(directory.resolve("dovecot.conf"), main + String.join("\n", extra) + "\n");
    }

    /** Without root Dovecot cannot change users, so all its processes run as the caller. */
    private String internalUsers(String owner) throws IOException {
        String group = Files.readAttributes(directory, PosixFileAttributes.class)
                .group()
                .getName();
        return "default_internal_user = " + owner + "\ndefault_login_user = " + owner + "\ndefault_internal_group = "
                + group;
    }
}
