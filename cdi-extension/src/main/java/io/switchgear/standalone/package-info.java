/** The start of a program that has no CDI. Part of the API. */
package io.switchgear.standalone;
