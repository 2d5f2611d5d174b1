/** An application that calls a service over HTTP, if only at its start. */
package io.switchgear.it.wildfly.calling;
