// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.operated;

import jakarta.ejb.Stateless;

@Stateless
public class StrangerDesk extends Desk {}
