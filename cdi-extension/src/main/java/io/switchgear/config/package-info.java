/**
 * Configuration besides the annotations: {@code switchgear.default.<setting>} for all breakers,
 * {@code switchgear.breaker."<name>".<setting>} for one, which wins, and a few keys of the library. Internal: not part
 * of the API. Settings are in kebab case: {@code failure-threshold}. {@code switchgear.breaker."<name>".critical} is
 * not a setting: it is read at deployment and cannot be changed at run time.
 *
 * <p>Values come from {@code META-INF/switchgear.properties} and from MicroProfile Config if the server or the
 * application has it, otherwise from environment variables and system properties; later ones win. An environment
 * variable is the key in capitals, with every character but letters and digits replaced by {@code _}, as MicroProfile
 * defines it.
 *
 * <p>An unknown key or an invalid value fails the deployment: a threshold that only seems to be set is worse than none.
 * Intentional: an unknown environment variable, and a breaker name that the application does not have, are only logged,
 * since environment variables and system properties are for all applications of a server.
 *
 * <p>{@link io.switchgear.config.FollowedSources} reads configuration again while the application runs. There no
 * mistake fails anything: what is refused is reported, and the entry before stays. Intentional: a file with a key that
 * is not known has no effect as a whole, since the key that was meant would seem removed.
 *
 * <p>Changes that operators make at run time are kept in a {@link io.switchgear.config.SettingsFile} of the same
 * format. Intentional: mistakes in that file never fail a deployment, since the deployer did not write it.
 */
package io.switchgear.config;
