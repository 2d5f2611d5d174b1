// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import java.util.List;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;

/**
 * An operation of an MBean.
 *
 * @param <T> the target
 * @param parameters the parameters, in order
 */
record MBeanOperation<T>(MBeanOperationInfo info, List<Parameter> parameters, Action<T> action) {
    /** The code of an operation. */
    interface Action<T> {
        Object on(T target, Parameter.Given given);
    }

    /** Creates an operation that changes something. */
    static <T> MBeanOperation<T> changing(
            String name, List<Parameter> parameters, Class<?> result, String description, Action<T> action) {
        return of(name, parameters, result, description, MBeanOperationInfo.ACTION, action);
    }

    /** Creates an operation that only reads. */
    static <T> MBeanOperation<T> reading(String name, Class<?> result, String description, Action<T> action) {
        return of(name, List.of(), result, description, MBeanOperationInfo.INFO, action);
    }

    private static <T> MBeanOperation<T> of(
            String name,
            List<Parameter> parameters,
            Class<?> result,
            String description,
            int impact,
            Action<T> action) {
        MBeanParameterInfo[] infos = parameters.stream().map(Parameter::info).toArray(MBeanParameterInfo[]::new);
        return new MBeanOperation<>(
                new MBeanOperationInfo(name, description, infos, result.getName(), impact), parameters, action);
    }

    boolean isCalled(String name, int given) {
        return info.getName().equals(name) && parameters.size() == given;
    }

    boolean changesSomething() {
        return info.getImpact() == MBeanOperationInfo.ACTION;
    }

    /**
     * Runs the operation on {@code target}.
     *
     * @throws IllegalArgumentException if a parameter cannot be used
     */
    Object on(T target, Object... sent) {
        return action.on(target, Parameter.given(parameters, sent));
    }
}
