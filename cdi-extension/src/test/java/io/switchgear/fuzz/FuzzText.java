// SPDX-License-Identifier: Apache-2.0
package io.switchgear.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Text as it is kept in the files of fuzz tests: UTF-8 in which a half of a surrogate pair may stand alone. Each
 * {@link String} can be written, and any bytes can be read: what is not UTF-8 becomes a character for each byte.
 */
public final class FuzzText {
    /** A line of three dashes between the fields of an input. */
    public static final String BETWEEN = "\n---\n";

    private FuzzText() {}

    /** Returns the text in these bytes. */
    public static String of(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; ) {
            int lead = bytes[i] & 0xff;
            int following = (lead >= 0xf0 && lead < 0xf8) ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
            if (lead >= 0xf8 || !continues(bytes, i + 1, following)) {
                text.append((char) lead);
                i++;
                continue;
            }
            int point = following == 0 ? lead : lead & (0x3f >> following);
            for (int k = 1; k <= following; k++) {
                point = (point << 6) | (bytes[i + k] & 0x3f);
            }
            if (point > Character.MAX_CODE_POINT) {
                text.append('?');
            } else {
                text.appendCodePoint(point);
            }
            i += 1 + following;
        }
        return text.toString();
    }

    private static boolean continues(byte[] bytes, int from, int count) {
        if (from + count > bytes.length) {
            return false;
        }
        for (int i = from; i < from + count; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the fields of an input, of which the last may hold {@link #BETWEEN}; those that are missing are empty.
     */
    public static List<String> fields(byte[] bytes, int count) {
        List<String> fields = new ArrayList<>(List.of(of(bytes).split(BETWEEN, count)));
        while (fields.size() < count) {
            fields.add("");
        }
        return fields;
    }

    /** Returns the bytes of a text. */
    public static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes.write(c);
            } else if (c < 0x800) {
                bytes.write(0xc0 | (c >> 6));
                bytes.write(0x80 | (c & 0x3f));
            } else {
                bytes.write(0xe0 | (c >> 12));
                bytes.write(0x80 | ((c >> 6) & 0x3f));
                bytes.write(0x80 | (c & 0x3f));
            }
        }
        return bytes.toByteArray();
    }
}
