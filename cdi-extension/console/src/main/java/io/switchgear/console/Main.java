// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console;

import io.switchgear.console.model.Link;
import io.switchgear.console.model.RemoteLink;
import io.switchgear.console.terminal.Terminal;
import io.switchgear.console.window.StandaloneWindow;
import java.awt.GraphicsEnvironment;
import java.io.Console;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts the window or the terminal. */
public final class Main {
    private static final String USAGE = """
            Usage: java -jar switchgear-console.jar [options] <JVM>
              <JVM>          id of a process here, host:port, or a URL that begins with service:jmx:
              --text         in this terminal instead of a window
              --once         prints all breakers and ends; exit code 1 if one is open, 2 if nothing can be read
              --dark         with a dark look
              --user NAME    reads the password from SWITCHGEAR_PASSWORD, or asks for it
            As a tab of JConsole: jconsole -pluginpath switchgear-console.jar <JVM>""";
    // an answer that takes longer does not come any more
    private static final String ANSWER_MILLIS = "15000";

    private Main() {}

    /** Starts the console. */
    public static void main(String[] arguments) {
        int code = run(arguments, System.out, System.err);
        if (code >= 0) {
            System.exit(code);
        }
    }

    /** Returns the exit code; -1 if a window stays open. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        List<String> given = new ArrayList<>(Arrays.asList(arguments));
        boolean once = given.remove("--once");
        boolean text = given.remove("--text") || once;
        boolean dark = given.remove("--dark");
        if (given.remove("--help") || given.isEmpty()) {
            out.println(USAGE);
            return given.isEmpty() && arguments.length == 0 ? 2 : 0;
        }
        String user = "";
        int option = given.indexOf("--user");
        if (option >= 0 && option + 1 < given.size()) {
            user = given.remove(option + 1);
            given.remove(option);
        }
        if (given.size() != 1 || given.get(0).startsWith("-")) {
            err.println("one JVM is needed, but the arguments were " + String.join(" ", arguments) + "\n" + USAGE);
            return 2;
        }
        System.setProperty("sun.rmi.transport.tcp.responseTimeout", ANSWER_MILLIS);
        try {
            Link link = new RemoteLink(given.get(0), user.isEmpty() ? null : new String[] {user, password(user)});
            if (text) {
                return Terminal.run(link, once, out);
            }
            if (GraphicsEnvironment.isHeadless()) {
                err.println("there is no display for a window here; --text shows the same in this terminal");
                return 2;
            }
            StandaloneWindow.open(link, dark);
            return -1;
        } catch (IllegalArgumentException bad) {
            err.println(bad.getMessage());
            return 2;
        }
    }

    private static String password(String user) {
        String given = System.getenv("SWITCHGEAR_PASSWORD");
        if (given != null) {
            return given;
        }
        // on 22 and later a console that is no terminal reads a line of the input, which is as good
        @SuppressWarnings("SystemConsoleNull")
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("Password of %s: ", user);
        return typed == null ? "" : new String(typed);
    }
}
