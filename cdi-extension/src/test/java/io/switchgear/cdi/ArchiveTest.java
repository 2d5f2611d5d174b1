// SPDX-License-Identifier: Apache-2.0
package io.switchgear.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveTest {
    @ParameterizedTest
    @CsvSource({
        "/content/shop.ear/web2.war/WEB-INF/classes, web2.war",
        "/content/shop.ear/web2.war/WEB-INF/lib/switchgear.jar, web2.war",
        "/content/shop.ear/lib/switchgear.jar, switchgear.jar",
        "/content/shop.ear/ejb.jar/, ejb.jar",
        "/glassfish/domains/domain1/applications/shop/web2_war/WEB-INF/classes/, web2.war",
        "file:/opt/tomcat/webapps/shop/WEB-INF/lib/a.jar!/, shop",
        "/, ''",
    })
    void anArchiveIsKnownFromALocation(String location, String archive) {
        assertThat(Archive.in(location)).isEqualTo(archive);
    }

    @Test
    void classesOfTheJdkAreInNone() {
        assertThat(Archive.of(String.class)).isEmpty();
        assertThat(Archive.of(Archive.class)).isEqualTo("classes");
    }
}
