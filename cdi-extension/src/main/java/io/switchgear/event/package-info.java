/**
 * Listeners, and their notification in order. Internal: not part of the API.
 *
 * <p>{@link io.switchgear.event.Listeners} shields the caller and the listeners from each other: exceptions of
 * listeners are logged. {@link io.switchgear.event.SerialDelivery} is the only implementation of delivery in order, one
 * event at a time and outside any lock; its subclasses supply the events. A {@link io.switchgear.event.BoundedQueue}
 * delivers to a receiver that may block, for JMX on {@link io.switchgear.event.FewThreads}.
 */
package io.switchgear.event;
