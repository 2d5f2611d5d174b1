/** Classes that are above those of another package. */
package io.switchgear.it.above;
