// SPDX-License-Identifier: Apache-2.0
package io.switchgear.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** A check of any bytes. */
@FunctionalInterface
public interface FuzzTarget {
    /** Fails with any exception or error if {@code input} leads to a wrong result. */
    void run(byte[] input) throws Exception;

    /** Returns the parts of an input, in order. An input without some of them is an input too. */
    default List<byte[]> parts(byte[] input) {
        List<byte[]> parts = new ArrayList<>();
        for (byte each : input) {
            parts.add(new byte[] {each});
        }
        return parts;
    }

    /**
     * Runs it. If it fails, removes parts of the input while it still fails, keeps the rest in {@code target/fuzz} and
     * fails with the message for the rest.
     */
    default void runAndShorten(byte[] input) {
        Throwable failure = failure(input);
        if (failure != null) {
            byte[] shortest = shortest(input);
            Throwable shortFailure = failure(shortest);
            // a target that depends on more than its input may pass the second time
            Throwable shown = shortFailure == null ? failure : shortFailure;
            String message = shown instanceof AssertionError ? shown.getMessage() : shown.toString();
            throw new AssertionError(message + "\nThe input is kept in " + keep(shortest), shown);
        }
    }

    private Throwable failure(byte[] input) {
        try {
            run(input);
            return null;
        } catch (Exception | AssertionError | LinkageError | StackOverflowError thrown) {
            return thrown;
        }
    }

    private byte[] shortest(byte[] input) {
        List<byte[]> parts = parts(input);
        int chunk = Math.max(1, parts.size() / 2);
        while (chunk > 0) {
            boolean shorter = false;
            int at = 0;
            while (at + chunk <= parts.size()) {
                List<byte[]> fewer = new ArrayList<>(parts.subList(0, at));
                fewer.addAll(parts.subList(at + chunk, parts.size()));
                if (failure(joined(fewer)) != null) {
                    parts = fewer;
                    shorter = true;
                } else {
                    at += chunk;
                }
            }
            chunk = shorter && chunk == 1 ? 1 : chunk / 2;
        }
        return joined(parts);
    }

    private static byte[] joined(List<byte[]> parts) {
        byte[] joined = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private static Path keep(byte[] input) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(input);
            Path file = Path.of("target", "fuzz", "failure-" + new BigInteger(1, hash).toString(36));
            Files.createDirectories(file.getParent());
            return Files.write(file, input);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (NoSuchAlgorithmException impossible) {
            throw new LinkageError("every JDK has SHA-256", impossible);
        }
    }
}
