package io.switchgear.cdi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The archive that a class was deployed in, as well as it can be told from where the class was loaded. */
final class Archive {
    // what WEB-INF is in, else the file; GlassFish unpacks web.war to web_war
    private static final Pattern WEB = Pattern.compile("([^/]+)/WEB-INF/");
    private static final Pattern FILE = Pattern.compile("([^/]+?)[/!]*$");

    private Archive() {}

    /** As in {@code shop.war}; empty if it cannot be told. */
    static String of(Class<?> type) {
        return in(location(type));
    }

    /** The name of the web application that the class was deployed in, if it is in one: what its archive is called. */
    static Optional<String> webApplication(Class<?> type) {
        Matcher web = WEB.matcher(location(type));
        return web.find() ? Optional.of(web.group(1).replaceAll("[._]war$", "")) : Optional.empty();
    }

    /** Where the class was loaded from; empty if it cannot be told. */
    static String location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? ""
                : URLDecoder.decode(source.getLocation().toString().replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static String in(String location) {
        Matcher web = WEB.matcher(location);
        Matcher file = FILE.matcher(location);
        String name = web.find() ? web.group(1) : file.find() ? file.group(1) : "";
        return name.replaceAll("_(war|jar|ear|rar)$", ".$1");
    }
}
