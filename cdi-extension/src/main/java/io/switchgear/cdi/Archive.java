package io.switchgear.cdi;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.CodeSource;
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
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return "";
        }
        try {
            return in(new URI(source.getLocation().toString()).getSchemeSpecificPart());
        } catch (URISyntaxException odd) {
            return in(source.getLocation().toString());
        }
    }

    static String in(String location) {
        Matcher web = WEB.matcher(location);
        Matcher file = FILE.matcher(location);
        String name = web.find() ? web.group(1) : file.find() ? file.group(1) : "";
        return name.replaceAll("_(war|jar|ear|rar)$", ".$1");
    }
}
