/** An application that calls a service over HTTP when it starts. */
package io.switchgear.it.servers.calling;
