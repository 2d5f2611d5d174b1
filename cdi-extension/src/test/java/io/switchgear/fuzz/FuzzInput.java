// SPDX-License-Identifier: Apache-2.0
package io.switchgear.fuzz;

import java.util.Arrays;
import java.util.List;

/** Reads choices from bytes, from first to last. After the last byte each choice is the first one. */
public final class FuzzInput {
    private final byte[] bytes;
    private int at;

    public FuzzInput(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns whether no byte is left. */
    public boolean isEmpty() {
        return at == bytes.length;
    }

    /** Returns the number of bytes that have been read. */
    public int position() {
        return at;
    }

    /** Returns a number from 0 to {@code bound - 1}, from one byte; {@code bound} is at most 256. */
    public int next(int bound) {
        return at < bytes.length ? ((bytes[at++] & 0xff) * bound) >> 8 : 0;
    }

    /** Returns a number from 0 to {@code bound - 1}, from two bytes; {@code bound} is at most 32,768. */
    public int wide(int bound) {
        return (((next(256) << 8) | next(256)) * bound) >> 16;
    }

    /** Returns one of these values. */
    public <T> T of(List<T> values) {
        return values.get(next(values.size()));
    }

    /** Returns one of these values. */
    @SafeVarargs
    public final <T> T of(T... values) {
        return values[next(values.length)];
    }

    /** Returns the index of one of these weights; an index with twice the weight is twice as frequent. */
    public int weighted(int... weights) {
        int left = next(Arrays.stream(weights).sum());
        int index = 0;
        while (left >= weights[index]) {
            left -= weights[index++];
        }
        return index;
    }
}
