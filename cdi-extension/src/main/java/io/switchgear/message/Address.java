// SPDX-License-Identifier: Apache-2.0
package io.switchgear.message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as logs, consoles and messages show it: without user info, query and fragment, since these may be secret.
 * The one place that decides this. An address that is not written as a URL is hidden after its scheme: where a password
 * begins or ends in it cannot be known.
 */
public final class Address {
    private static final String HIDDEN = "***";
    private static final Pattern URL = Pattern.compile(
            "(?<scheme>[A-Za-z][A-Za-z0-9+.-]{0,20}:)(//(?<authority>[^/?#]*)(?<path>[^?#]*)(?<query>\\?[^#]*)?(?<fragment>#.*)?)?.*",
            Pattern.DOTALL);
    private static final Pattern HOST =
            Pattern.compile("([^/?#]*@)?(?<host>([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])?(:[0-9]*)?)");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~!$&'()*+,;=:/%-]*)?");

    private Address() {}

    /** Returns the address of a service with its path, which is not secret. */
    public static String shown(String address) {
        return shown(address, true);
    }

    /** Returns scheme, host and port of an address whose path may be secret. */
    public static String origin(String address) {
        return shown(address, false);
    }

    private static String shown(String address, boolean withPath) {
        Matcher url = URL.matcher(address);
        if (!url.matches()) {
            return withPath && PATH.matcher(address).matches() ? Text.printable(address) : HIDDEN;
        }
        if (url.group("authority") == null) {
            return url.group("scheme") + HIDDEN;
        }
        Matcher host = HOST.matcher(url.group("authority"));
        String rest = address.substring(url.end("authority"));
        // an at sign further on may be that of a password with a slash
        if (!host.matches()
                || rest.contains("@")
                || !PATH.matcher(url.group("path")).matches()) {
            return url.group("scheme") + "//" + HIDDEN;
        }
        return Text.printable(url.group("scheme") + "//" + (host.group(1) == null ? "" : HIDDEN + "@")
                + host.group("host")
                + (withPath
                        ? url.group("path") + hidden("?", url.group("query")) + hidden("#", url.group("fragment"))
                        : ""));
    }

    private static String hidden(String mark, String part) {
        return part == null ? "" : mark + HIDDEN;
    }
}
