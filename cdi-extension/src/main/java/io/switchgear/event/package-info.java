/**
 * Listeners, and their notification in order. Internal: not part of the API.
 *
 * <p>{@link io.switchgear.event.Listeners} shields the caller and the listeners from each other: what one of them
 * throws is logged. {@link io.switchgear.event.SerialDelivery} is the one implementation of delivery in order, one
 * event at a time and outside any lock; where events come from is left to those that extend it.
 */
package io.switchgear.event;
