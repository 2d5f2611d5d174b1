// SPDX-License-Identifier: Apache-2.0
package io.switchgear;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Classes of libraries that are not on the test class path, as empty ones of the same name. */
public final class DefinedClass {
    private DefinedClass() {}

    /** Returns a new public class of this name below another one. */
    public static Class<?> named(String name, Class<?> above) {
        int dot = name.lastIndexOf('.');
        String relation = above.isInterface() ? " implements " : " extends ";
        return defined(
                name,
                "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1) + relation
                        + above.getCanonicalName() + " {}");
    }

    /** Returns a new class with this source. */
    public static Class<?> defined(String name, String text) {
        ByteArrayOutputStream compiled = new ByteArrayOutputStream();
        var compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject source =
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            var into = new ForwardingJavaFileManager<>(files) {
                @Override
                public JavaFileObject getJavaFileForOutput(
                        Location location, String type, JavaFileObject.Kind kind, javax.tools.FileObject sibling) {
                    return new SimpleJavaFileObject(URI.create("mem:///" + type), kind) {
                        @Override
                        public ByteArrayOutputStream openOutputStream() {
                            return compiled;
                        }
                    };
                }
            };
            if (!compiler.getTask(null, into, null, List.of("-proc:none"), null, List.of(source))
                    .call()) {
                throw new IllegalArgumentException(text);
            }
        } catch (IOException impossible) {
            throw new IllegalArgumentException(text, impossible);
        }
        byte[] bytes = compiled.toByteArray();
        return new ClassLoader(DefinedClass.class.getClassLoader()) {
            Class<?> define() {
                return defineClass(name, bytes, 0, bytes.length);
            }
        }.define();
    }
}
