/**
 * The annotations of MicroProfile Fault Tolerance. Internal: not part of the API.
 *
 * <p>Each annotation is translated, with its configuration, to that of this library with the same effect. From there on
 * the guard of the method is like any other: one engine runs it, and its breaker and layers have MBeans.
 *
 * <p>All classes here need the API of MicroProfile Fault Tolerance. The extension loads them only if that is present
 * and the mode is on.
 */
package io.switchgear.microprofile;
