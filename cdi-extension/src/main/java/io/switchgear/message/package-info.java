/** Everything that is written to the log, numbered, in one catalogue. */
package io.switchgear.message;
