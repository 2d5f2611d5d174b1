package io.switchgear.jmx;

import java.util.List;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;

/**
 * Something that can be done through an MBean.
 *
 * @param <T> what it is done to
 * @param parameters what it takes, in this order
 */
record MBeanOperation<T>(MBeanOperationInfo info, List<Parameter> parameters, Action<T> action) {
    /** Does it. */
    interface Action<T> {
        Object on(T target, Parameter.Given given);
    }

    /** One that changes something and answers. */
    static <T> MBeanOperation<T> answering(
            String name, List<Parameter> parameters, Class<?> answer, String description, Action<T> action) {
        return of(name, parameters, answer, description, MBeanOperationInfo.ACTION, action);
    }

    /** One that only reads. */
    static <T> MBeanOperation<T> reading(String name, Class<?> answer, String description, Action<T> action) {
        return of(name, List.of(), answer, description, MBeanOperationInfo.INFO, action);
    }

    private static <T> MBeanOperation<T> of(
            String name,
            List<Parameter> parameters,
            Class<?> answer,
            String description,
            int impact,
            Action<T> action) {
        MBeanParameterInfo[] infos = parameters.stream().map(Parameter::info).toArray(MBeanParameterInfo[]::new);
        return new MBeanOperation<>(
                new MBeanOperationInfo(name, description, infos, answer.getName(), impact), parameters, action);
    }

    boolean isCalled(String name, int given) {
        return info.getName().equals(name) && parameters.size() == given;
    }

    boolean changesSomething() {
        return info.getImpact() == MBeanOperationInfo.ACTION;
    }

    /**
     * Does it to {@code target}.
     *
     * @throws IllegalArgumentException if a parameter cannot be used
     */
    Object on(T target, Object... sent) {
        return action.on(target, Parameter.given(parameters, sent));
    }
}
