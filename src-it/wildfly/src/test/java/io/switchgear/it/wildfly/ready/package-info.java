/** An application that can do without its newsletter, but not without payments. */
package io.switchgear.it.wildfly.ready;
