// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The mounts of this process, as Linux lists them in {@code /proc/self/mountinfo}; elsewhere there are none.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">proc_pid_mountinfo(5)</a>
 */
final class MountTable {
    private static final int MOUNT_POINT = 4;

    private final Path list;

    MountTable() {
        this(Path.of("/proc/self/mountinfo"));
    }

    MountTable(Path list) {
        this.list = list;
    }

    /** Returns whether something is mounted at exactly this place. */
    boolean has(Path mountPoint) {
        // one char for each byte, and escapes, as in the list
        String name = new String(mountPoint.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
                .replace("\\", "\\134")
                .replace(" ", "\\040")
                .replace("\t", "\\011")
                .replace("\n", "\\012");
        try (Stream<String> mounts = Files.lines(list, StandardCharsets.ISO_8859_1)) {
            return mounts.map(mount -> mount.split(" "))
                    .anyMatch(fields -> fields.length > MOUNT_POINT && fields[MOUNT_POINT].equals(name));
        } catch (IOException | UncheckedIOException notLinux) {
            // the check is for a better message only
            return false;
        }
    }
}
