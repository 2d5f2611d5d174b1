/** An application whose annotations have invalid values. */
package io.switchgear.it.servers.wrong;
