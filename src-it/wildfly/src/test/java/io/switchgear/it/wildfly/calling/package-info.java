/** An application that calls a service over HTTP. */
package io.switchgear.it.wildfly.calling;
