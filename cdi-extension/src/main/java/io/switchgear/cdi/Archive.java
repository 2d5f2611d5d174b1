// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The archive that a class was deployed in, as far as its location shows it. */
final class Archive {
    // the parent of WEB-INF, else the file; GlassFish unpacks web.war to web_war
    private static final Pattern WEB = Pattern.compile("([^/]+)/WEB-INF/");
    private static final Pattern FILE = Pattern.compile("([^/]+?)[/!]*$");

    private Archive() {}

    /** Returns the name of the archive, as in {@code shop.war}; empty if unknown. */
    static String of(Class<?> type) {
        return in(location(type));
    }

    /** Returns the name of the web application of a class, which is that of its archive; empty if it is not in one. */
    static Optional<String> webApplication(Class<?> type) {
        Matcher web = WEB.matcher(location(type));
        return web.find() ? Optional.of(web.group(1).replaceAll("[._]war$", "")) : Optional.empty();
    }

    /** Returns the location that a class was loaded from; empty if unknown. */
    static String location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? ""
                : URLDecoder.decode(source.getLocation().toString().replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Returns the name of the archive that a location is in. */
    static String in(String location) {
        Matcher web = WEB.matcher(location);
        Matcher file = FILE.matcher(location);
        String name = web.find() ? web.group(1) : file.find() ? file.group(1) : "";
        return name.replaceAll("_(war|jar|ear|rar)$", ".$1");
    }
}
