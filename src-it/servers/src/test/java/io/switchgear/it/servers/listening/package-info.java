/** An application with observers of its breakers, some of which misbehave. */
package io.switchgear.it.servers.listening;
