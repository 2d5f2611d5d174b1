/** Superclasses of classes in another package. */
package io.switchgear.it.above;
