/** An application with retries and fallbacks besides breakers. */
package io.switchgear.it.servers.layered;
