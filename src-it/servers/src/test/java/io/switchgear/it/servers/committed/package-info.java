/** Guarded methods whose commits fail. */
package io.switchgear.it.servers.committed;
