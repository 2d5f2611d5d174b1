// SPDX-License-Identifier: Apache-2.0
package io.switchgear.it.wildfly.messaged;

import jakarta.resource.spi.Activation;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ResourceAdapter;

@Activation(messageListeners = Mail.class)
public class Subscription implements ActivationSpec {
    private ResourceAdapter adapter;

    @Override
    public void validate() {
        // without settings, always valid
    }

    @Override
    public ResourceAdapter getResourceAdapter() {
        return adapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter adapter) {
        this.adapter = adapter;
    }
}
