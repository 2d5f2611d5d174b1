/** An application that hears of its breakers, with some that do not hear well. */
package io.switchgear.it.wildfly.hearing;
