// SPDX-License-Identifier: Apache-2.0
package io.switchgear.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Jazzer ignores inputs that are in a folder with the name of no fuzz test, for example after a renaming. */
class FuzzInputsTest {
    private static final Path SOURCES = Path.of("src", "test", "java");
    private static final Path RESOURCES = Path.of("src", "test", "resources");

    @Test
    void eachFuzzTestHasInputsAndAllInputsBelongToAFuzzTest() throws Exception {
        assertThat(foldersOfInputs()).isEqualTo(foldersOfFuzzTests()).isNotEmpty();
    }

    private static Set<String> foldersOfInputs() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> RESOURCES.relativize(file.getParent()))
                    .filter(folder -> folder.toString().contains("Inputs"))
                    .map(folder -> folder.toString().replace(File.separatorChar, '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> foldersOfFuzzTests() throws IOException, ClassNotFoundException {
        Set<String> folders = new TreeSet<>();
        for (String name : classesOfFuzzTests()) {
            Class<?> type = Class.forName(name.replace('/', '.'), false, FuzzInputsTest.class.getClassLoader());
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                    .map(Method::getName)
                    .forEach(method -> folders.add(name + "Inputs/" + method));
        }
        return folders;
    }

    private static Set<String> classesOfFuzzTests() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.map(file -> SOURCES.relativize(file).toString().replace(File.separatorChar, '/'))
                    .filter(file -> file.endsWith("FuzzTest.java"))
                    .map(file -> file.substring(0, file.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
