// SPDX-License-Identifier: Apache-2.0
/** The page of the example in a real browser. */
package io.switchgear.it.browser;
