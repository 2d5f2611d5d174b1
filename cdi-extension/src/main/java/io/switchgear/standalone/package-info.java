/**
 * The entry point for programs without CDI: {@link io.switchgear.standalone.Switchgear} starts the library and stops
 * it. Part of the API; hides the internal runtime.
 */
package io.switchgear.standalone;
