// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.above;

import io.switchgear.FallingBack;
import java.io.IOException;

/** A class in another package than its subclass. */
public class Neighbour {
    protected String ofFamily() {
        return "protected";
    }

    @FallingBack(method = "ofPackage")
    public String toItsOwn() throws IOException {
        throw new IOException("down");
    }

    String ofPackage() {
        return "of the package";
    }
}
