// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import java.util.List;

/** The configuration that is followed while the application runs, for the MBean of all breakers. */
public interface Following {
    /** Follows nothing. */
    Following NOTHING = new Following() {
        @Override
        public List<String> files() {
            return List.of();
        }

        @Override
        public String lastLook() {
            return "";
        }

        @Override
        public String lastChange() {
            return "";
        }

        @Override
        public List<String> refused() {
            return List.of();
        }

        @Override
        public String look() {
            throw new IllegalStateException("there is no configuration to look at");
        }
    };

    /** Returns the followed files. */
    List<String> files();

    /** Returns the time and the result of the last look, in a line. */
    String lastLook();

    /** Returns the time and the content of the last change of configuration, in a line; empty before the first. */
    String lastChange();

    /** Returns a sentence for each entry and each source that is refused at present. */
    List<String> refused();

    /**
     * Looks at once; new content of a file has effect without a second look.
     *
     * @return the result, in a line
     * @throws IllegalStateException if another look does not end
     */
    String look();
}
