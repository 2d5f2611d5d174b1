// SPDX-License-Identifier: Apache-2.0
/**
 * Responses of Jakarta REST to rejected calls, where the API is present: 503 with a {@code Retry-After} header and a
 * body by RFC 9457. Off unless {@code switchgear.rest.problems = true}.
 *
 * <p>Intentional: a response names no breaker, no failure and no reason of a mode. Names of services and classes of
 * exceptions are for operators, not for strangers.
 *
 * <p>Intentional: bodies are written without a JSON library, as an application may have none; each of their texts is a
 * constant. Intentional: nothing else refers to this package, so without the API none of it is loaded. The exceptions
 * of MicroProfile Fault Tolerance are referred to by {@code FaultToleranceMappers} alone, which is loaded where that
 * API is present.
 */
package io.switchgear.rest;
