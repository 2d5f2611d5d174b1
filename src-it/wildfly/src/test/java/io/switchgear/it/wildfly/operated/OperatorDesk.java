// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.operated;

import io.switchgear.ejb.BreakerOperations;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.Stateless;

@Stateless
@RunAs(BreakerOperations.OPERATOR)
public class OperatorDesk extends Desk {}
