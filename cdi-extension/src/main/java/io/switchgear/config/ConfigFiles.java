// SPDX-License-Identifier: Apache-2.0
package io.switchgear.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/**
 * The files {@code META-INF/switchgear.properties} of an application and its libraries.
 *
 * <p>That of {@code WEB-INF/classes} wins. Intentional: the class path decides nothing else, since its order differs
 * from server to server; two libraries that disagree are a problem.
 */
final class ConfigFiles {
    private static final String NAME = "META-INF/switchgear.properties";
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private ConfigFiles() {}

    static void read(ClassLoader application, ConfigSources sources) {
        List<URL> files;
        try {
            files = Collections.list(application.getResources(NAME));
        } catch (IOException failed) {
            sources.problems().add(NAME + " cannot be looked up: " + failed);
            return;
        }
        files.forEach(file -> read(file, sources));
    }

    private static void read(URL file, ConfigSources sources) {
        boolean isOfApplication = file.getPath().endsWith("/WEB-INF/classes/" + NAME);
        int strength = isOfApplication ? ConfigEntry.APPLICATION_FILE : ConfigEntry.LIBRARY_FILE;
        Properties properties = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                // each line by itself, as a key may be there twice
                sources.entries().add(new ConfigEntry((String) key, (String) value, file.toString(), strength));
                return super.put(key, value);
            }
        };
        try (Reader reader = open(file)) {
            properties.load(reader);
        } catch (CharacterCodingException notText) {
            sources.problems().add(file + " is not in UTF-8; save it in UTF-8");
        } catch (IllegalArgumentException badEscape) {
            sources.problems().add(file + " has a \\u without four hexadecimal digits");
        } catch (IOException failed) {
            sources.problems().add(file + " cannot be read: " + failed);
        }
    }

    private static Reader open(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        // a cached archive would be read as it was before a redeployment
        connection.setUseCaches(false);
        Reader reader = new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8.newDecoder()));
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }
}
