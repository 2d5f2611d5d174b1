// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import io.switchgear.status.BulkheadSnapshot;
import io.switchgear.status.FallbackSnapshot;
import io.switchgear.status.RetrySnapshot;
import io.switchgear.status.ServiceSnapshot;
import io.switchgear.status.TimeLimitSnapshot;

/** The models of all kinds of MBeans. */
final class Models {
    private static final String READ_ONLY = "can be read but not set";

    static final MBeanModel<ApplicationResource, ApplicationView> APPLICATION = new MBeanModel<>(
            "the application",
            "All circuit breakers of an application. Subscribe here to receive the notifications of all of its MBeans.",
            "cannot be set for all breakers; changeSettings(namePattern, changes) changes many",
            ApplicationAttributes.all(),
            ApplicationOperations.ALL);

    static final MBeanModel<BreakerResource, BreakerView> BREAKER = new MBeanModel<>(
            "a breaker",
            "A circuit breaker. A change of a writable attribute takes effect on the next call.",
            READ_ONLY,
            BreakerAttributes.all(),
            BreakerOperations.all());

    static final MBeanModel<LayerResource<RetrySnapshot>, LayerView<RetrySnapshot>> RETRY = new MBeanModel<>(
            "a retry",
            "The retries of a method. A change of a writable attribute takes effect on the next failure.",
            READ_ONLY,
            LayerAttributes.retries(),
            TunableOperations.all());

    static final MBeanModel<LayerResource<FallbackSnapshot>, LayerView<FallbackSnapshot>> FALLBACK = new MBeanModel<>(
            "a fallback",
            "The fallback of a method. A change of a writable attribute takes effect on the next call.",
            READ_ONLY,
            LayerAttributes.fallbacks(),
            TunableOperations.all());

    static final MBeanModel<LayerResource<TimeLimitSnapshot>, LayerView<TimeLimitSnapshot>> TIME_LIMIT =
            new MBeanModel<>(
                    "a time limit",
                    "The time limit of a method. A change of a writable attribute takes effect at once, also on calls in"
                            + " flight.",
                    READ_ONLY,
                    LayerAttributes.timeLimits(),
                    TunableOperations.all());

    static final MBeanModel<LayerResource<ServiceSnapshot>, LayerView<ServiceSnapshot>> SERVICE = new MBeanModel<>(
            "a service",
            "An HTTP service. A change of a writable attribute takes effect on the next request.",
            READ_ONLY,
            LayerAttributes.services(),
            TunableOperations.all());

    static final MBeanModel<LayerResource<BulkheadSnapshot>, LayerView<BulkheadSnapshot>> BULKHEAD = new MBeanModel<>(
            "a bulkhead",
            "The bulkhead of a guard. A change of a writable attribute takes effect at once.",
            READ_ONLY,
            LayerAttributes.bulkheads(),
            TunableOperations.all());

    static final MBeanModel<FleetResource, FleetView> FLEET = new MBeanModel<>(
            "the fleet",
            "The nodes that run this application. Operations act on the nodes that their first parameter names.",
            READ_ONLY,
            FleetAttributes.all(),
            FleetOperations.ALL);

    private Models() {}
}
