/**
 * What is configured beside the annotations: {@code switchgear.default.<setting>} for all breakers,
 * {@code switchgear.breaker."<name>".<setting>} for one, which wins, and a few keys for the library. Settings are in
 * kebab case: {@code failure-threshold}. {@code switchgear.breaker."<name>".critical} is none of them: it is known at
 * deployment and not tuned.
 *
 * <p>Values come from MicroProfile Config where the server or the application has it; else from
 * {@code META-INF/switchgear.properties}, environment variables and system properties, the later winning. An
 * environment variable is the key in capitals with everything but letters and digits replaced by {@code _}, as
 * MicroProfile defines it.
 *
 * <p>A key that is no setting, or a value that is none, fails the deployment: a threshold that somebody believes to
 * have set is worse than none. Intentional: a breaker name that the application does not have is only noted in the log,
 * since system properties are for all applications of a server.
 *
 * <p>What operators change while the application runs is kept in a {@link io.switchgear.config.SettingsFile} of the
 * same format. Intentional: what is wrong in there never fails a deployment, since it was not the deployer who wrote
 * it.
 */
package io.switchgear.config;
