// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import static java.nio.file.attribute.PosixFilePermission.GROUP_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * A small file that is replaced as a whole: readers see the old content or the new, also after a crash. Changes are
 * serialized across threads, applications and processes. New files can be read and written by this user alone; a file
 * that is replaced keeps its permissions, those of its group only if this user may give files to that group.
 *
 * <p>Content is text with one {@code char} for each byte, so that all bytes of the file are written back as they were.
 *
 * <p>Beside the file there is {@code .lock}, which is never removed, since that would be a race. While a change is
 * written there is also {@code .tmp}.
 */
final class AtomicFile {
    static final int MAX_BYTES = 10 * 1024 * 1024;

    private static final int MAX_LINKS = 40;
    private static final int MAX_ATTEMPTS = 3;
    private static final long POLL_MILLIS = 5;

    /** Returns the new content; called again if another program has changed the old one meanwhile. */
    interface Change {
        String apply(String content) throws IOException;
    }

    private final Path path;
    private final Duration lockTimeout;
    private final MountTable mounts;

    /** @param lockTimeout the maximum wait for another process that is changing the file */
    AtomicFile(Path path, Duration lockTimeout, MountTable mounts) {
        this.path = path.toAbsolutePath();
        this.lockTimeout = lockTimeout;
        this.mounts = mounts;
    }

    Path path() {
        return path;
    }

    /** Returns the content; empty if there is no file yet. */
    String read() throws IOException {
        return content(target());
    }

    /** Checks whether the file can probably be changed; otherwise the message has the cure. */
    void checkReplaceable() throws IOException {
        Path target = target();
        checkNotMounted(target);
        Path directory = target.getParent();
        if (!Files.isWritable(directory)) {
            throw new IOException("the directory " + directory + " is read-only, and a new file must be written beside"
                    + " the old one; mount a directory that can be written, or let this process write in it");
        }
        if (Files.exists(target) && !Files.isWritable(target)) {
            throw new AccessDeniedException(target.toString());
        }
    }

    /** Nothing can be moved onto a file that is mounted by itself, as a container may do. */
    private void checkNotMounted(Path target) throws IOException {
        if (mounts.has(target)) {
            throw new IOException(target + " is mounted alone, so that it cannot be replaced; mount its directory "
                    + target.getParent() + " instead");
        }
    }

    /** Replaces the content by the result of {@code change}, unless that is equal. */
    void change(Change change) throws IOException {
        Path target = target();
        checkNotMounted(target);
        // intentional: an interned string is the one monitor that applications share, each with its own copy of this
        // class. They must not even open the lock file meanwhile: when a process closes a file, POSIX drops all its
        // locks on it
        synchronized (("io.switchgear.config.AtomicFile " + target).intern()) {
            try (FileChannel lock = openLock(target)) {
                lock(lock, target);
                for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
                    String before = content(target);
                    String after = change.apply(before);
                    if (after.equals(before) || replace(target, before, after)) {
                        return;
                    }
                }
            }
        }
        throw new IOException("another program changed it " + MAX_ATTEMPTS + " times meanwhile; save again");
    }

    /**
     * Opens the lock file for those alone who may write the target, as a lock can be held by any user who can read it.
     */
    private static FileChannel openLock(Path target) throws IOException {
        Path lock = beside(target, ".lock");
        // opening a pipe would block until another process reads from it
        if (Files.exists(lock, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(
                    lock + " is a link, a directory, a pipe or a device; remove it, and a file is created");
        }
        FileChannel channel = FileChannel.open(
                lock,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                privately(lock));
        restrict(lock, target);
        return channel;
    }

    /** Limits access to the lock file, also to one that is there already. */
    private static void restrict(Path lock, Path target) {
        PosixFileAttributeView view = posix(lock);
        if (view == null) {
            return;
        }
        try {
            Set<PosixFilePermission> allowed = EnumSet.of(OWNER_READ, OWNER_WRITE);
            if (Files.exists(target)) {
                PosixFileAttributes old = posix(target).readAttributes();
                if (old.permissions().contains(GROUP_WRITE) && isGiven(view, old.group())) {
                    allowed.addAll(EnumSet.of(GROUP_READ, GROUP_WRITE));
                }
                if (old.permissions().contains(OTHERS_WRITE)) {
                    allowed.addAll(EnumSet.of(OTHERS_READ, OTHERS_WRITE));
                }
            }
            if (!view.readAttributes().permissions().equals(allowed)) {
                view.setPermissions(allowed);
            }
        } catch (IOException notOurs) {
            // the lock file of another user has the permissions that this user gave it
        }
    }

    /** Returns the attributes of a new file that this user alone may read and write. */
    private static FileAttribute<?>[] privately(Path file) {
        return posix(file) == null
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(EnumSet.of(OWNER_READ, OWNER_WRITE))};
    }

    /** Returns the view of the permissions of a file; {@code null} where there are none. */
    private static PosixFileAttributeView posix(Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Returns the file that symbolic links lead to, so that the file is replaced and not a link. Links between
     * directories are followed, as they were configured.
     */
    private Path target() throws IOException {
        Path target = path;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MAX_LINKS) {
                throw new FileSystemLoopException(path.toString());
            }
            checkOwner(target);
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        Path directory = target.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException("there is no directory " + directory + "; create it or name another");
        }
        return directory.toRealPath().resolve(target.getFileName());
    }

    /**
     * Refuses a link in place of the file unless it belongs to the owner of its directory, or to root: in a directory
     * that others may write in, such as that for temporary files, they could have a file of this user overwritten.
     */
    private static void checkOwner(Path link) throws IOException {
        int owner;
        int directoryOwner;
        try {
            owner = (int) Files.getAttribute(link, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            directoryOwner = (int) Files.getAttribute(link.getParent(), "unix:uid");
        } catch (UnsupportedOperationException notUnix) {
            return;
        }
        if (owner != 0 && owner != directoryOwner) {
            throw new IOException(link + " is a link of another user than the owner of its directory, and is not"
                    + " followed; remove it, or name the file that it leads to");
        }
    }

    private static Path beside(Path target, String suffix) {
        return target.resolveSibling(target.getFileName() + suffix);
    }

    /** Returns the content of a file; empty if there is none. */
    static String content(Path target) throws IOException {
        try {
            if (!Files.readAttributes(target, BasicFileAttributes.class).isRegularFile()) {
                throw new IOException(target + " is a directory, a pipe or a device; name a file");
            }
        } catch (NoSuchFileException notYet) {
            return "";
        }
        try (InputStream in = Files.newInputStream(target)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            checkLength(bytes.length);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static void checkLength(int bytes) throws IOException {
        if (bytes > MAX_BYTES) {
            throw new IOException("more than " + MAX_BYTES + " bytes; remove what does not belong there");
        }
    }

    /** Locks the file until the channel is closed. Polls, since a file lock has no wait with a time-out. */
    private void lock(FileChannel channel, Path target) throws IOException {
        long start = System.nanoTime();
        while (!isLocked(channel)) {
            if (System.nanoTime() - start > lockTimeout.toNanos()) {
                throw new IOException("the lock on " + beside(target, ".lock") + " has been held for "
                        + lockTimeout.toMillis() + " ms; find the process that holds it and end it");
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for " + beside(target, ".lock"));
            }
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException thisProcess) {
            // held by other code in this process; changes by this class are serialized by the monitor
            return false;
        }
    }

    /** Replaces the content, unless it is no longer {@code before}; returns whether it was. */
    private static boolean replace(Path target, String before, String content) throws IOException {
        checkLength(content.length());
        boolean exists = Files.exists(target);
        if (exists && !Files.isWritable(target)) {
            // it could be replaced all the same, but is read-only for a reason
            throw new AccessDeniedException(target.toString());
        }
        Path temporary = beside(target, ".tmp");
        Files.deleteIfExists(temporary);
        try {
            try (FileChannel channel = FileChannel.open(
                    temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), privately(temporary))) {
                if (exists && posix(target) != null) {
                    keepAccess(posix(target).readAttributes(), posix(temporary));
                }
                ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            // an editor takes no lock
            if (!content(target).equals(before)) {
                return false;
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        forceDirectory(target.getParent());
        return true;
    }

    /** Keeps group and permissions, those of the group only where it is the same. */
    private static void keepAccess(PosixFileAttributes old, PosixFileAttributeView file) throws IOException {
        Set<PosixFilePermission> permissions = new HashSet<>(old.permissions());
        if (!isGiven(file, old.group())) {
            permissions.removeAll(EnumSet.of(GROUP_READ, GROUP_WRITE, GROUP_EXECUTE));
        }
        file.setPermissions(permissions);
    }

    /** Gives a file to a group; returns {@code false} if this user may not, who is not in the group then. */
    private static boolean isGiven(PosixFileAttributeView file, GroupPrincipal group) {
        try {
            file.setGroup(group);
            return true;
        } catch (IOException notAllowed) {
            return false;
        }
    }

    /** Forces a directory to disk, so that a power failure does not undo the move. */
    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        } catch (IOException notHere) {
            // Windows cannot open directories, some network file systems cannot force them; the file is replaced anyway
        }
    }
}
