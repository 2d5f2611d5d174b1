/**
 * The places for concurrent calls, and the queue of the calls that wait for one. Internal: not part of the API. Needs
 * only the JDK.
 *
 * <p>{@link io.switchgear.place.Places} counts in one atomic number the places that are taken and the calls that wait.
 * While no call waits, taking a place and giving it back are one compare-and-set each. A call that finds no place joins
 * a queue as a {@link io.switchgear.place.Waiter}. The thread that frees a place takes it again for the call that has
 * waited longest, before it wakes that call: no other call can get between them. A lock guards the queue, and nothing
 * is called while it is held except the source of the limit.
 *
 * <p>Intentional: the queue is linked by fields of the waiters. A step that changes it consists of one compare-and-set
 * and assignments, which need no stack: it happens whole or, at the end of the stack, not at all.
 */
package io.switchgear.place;
