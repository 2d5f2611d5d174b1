// SPDX-License-Identifier: Apache-2.0
package io.switchgear.benchmarks;

import io.switchgear.CircuitBreakers;
import io.switchgear.CircuitBreaking;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Measures how long Weld SE takes to start with 100 application-scoped beans of 100 intercepted methods each: with our
 * annotation and extension, which creates a breaker and an MBean for each method, and with the interceptor that does
 * nothing. The beans differ only in the annotation. Each start is the first action of its JVM.
 */
public final class StartUp {
    private static final int METHODS = 100;
    private static final String PACKAGE = "io.switchgear.benchmarks.generated";

    private StartUp() {}

    /**
     * Without arguments, compiles the beans and runs itself once for each kind of bean. With one argument, the prefix
     * of the beans, starts the container.
     */
    public static void main(String[] arguments) throws Exception {
        int beans = Boolean.getBoolean("quick") ? 10 : 100;
        if (arguments.length == 1) {
            start(arguments[0], beans);
            return;
        }
        Path directory = Files.createTempDirectory("switchgear-start-up");
        try {
            compile(directory, beans);
            for (String prefix : List.of("NoOp", "Switchgear")) {
                String classPath = System.getProperty("java.class.path") + File.pathSeparator + directory;
                Probe.waitFor(
                        Probe.java(StartUp.class, classPath, prefix).inheritIO().start(), StartUp.class);
            }
        } finally {
            delete(directory);
        }
    }

    private static void start(String prefix, int count) throws ClassNotFoundException {
        Class<?>[] beans = new Class<?>[count];
        for (int number = 0; number < count; number++) {
            beans[number] = Class.forName(PACKAGE + "." + prefix + number);
        }
        boolean ours = prefix.equals("Switchgear");
        long begin = System.nanoTime();
        try (Container container = ours
                ? Container.withExtensionsFrom("io.switchgear", beans)
                : Container.with(NoOp.Proceeding.class, beans)) {
            long nanos = System.nanoTime() - begin;
            if (ours) {
                int breakers = container.proxy(CircuitBreakers.class).all().size();
                if (breakers != count * METHODS) {
                    throw new IllegalStateException("the row is void: " + breakers + " breakers");
                }
            }
            Probe.report(ours ? "StartUp.switchgear" : "StartUp.noOpInterceptor", 1, nanos / 1e6, "ms");
        }
    }

    private static void compile(Path directory, int beans) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String[] options = Stream.concat(
                        Stream.of("-proc:none", "-nowarn", "-d", directory.toString()),
                        Stream.concat(
                                sources(directory, "NoOp", NoOp.class, beans),
                                sources(directory, "Switchgear", CircuitBreaking.class, beans)))
                .toArray(String[]::new);
        if (compiler.run(null, null, null, options) != 0) {
            throw new IllegalStateException("the beans do not compile");
        }
    }

    private static Stream<String> sources(Path directory, String prefix, Class<?> annotation, int beans) {
        return IntStream.range(0, beans).mapToObj(number -> {
            String source = IntStream.range(0, METHODS)
                    .mapToObj(method -> "  @" + annotation.getCanonicalName() + " public String method" + method
                            + "(String text) { return text; }\n")
                    .collect(Collectors.joining(
                            "",
                            "package " + PACKAGE + ";\n@" + ApplicationScoped.class.getName() + "\npublic class "
                                    + prefix + number + " {\n",
                            "}\n"));
            try {
                return Files.writeString(directory.resolve(prefix + number + ".java"), source)
                        .toString();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
