/** Listeners, and their notification in order. Internal: not part of the API. */
package io.switchgear.event;
