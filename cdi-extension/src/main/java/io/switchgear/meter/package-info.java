/**
 * What is measured, under which names and labels. Internal: not part of the API. Needs no library for metrics: the
 * meters of Micrometer and the table that MBeans have for exporters are both made of these definitions.
 */
package io.switchgear.meter;
