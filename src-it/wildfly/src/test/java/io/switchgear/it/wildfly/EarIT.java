package io.switchgear.it.wildfly;

import io.switchgear.it.wildfly.guarded.Backend;
import io.switchgear.it.wildfly.guarded.Counter;
import io.switchgear.it.wildfly.guarded.Kiosk;
import io.switchgear.it.wildfly.guarded.Rest;
import io.switchgear.it.wildfly.guarded.Shelf;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** In an enterprise application: the extension in its {@code lib}, the beans in a module beside the web application. */
@ArquillianTest
class EarIT extends GuardedBeans {
    @Deployment
    static EnterpriseArchive ear() {
        Class<?>[] resources = {Shelf.class, Kiosk.class, Counter.class, Rest.class, Rest.Rejected.class};
        JavaArchive beans = ShrinkWrap.create(JavaArchive.class, "beans.jar")
                .addPackages(false, Filters.exclude(resources), Backend.class.getPackage());
        WebArchive web = ShrinkWrap.create(WebArchive.class, "guarded.war")
                .addClasses(EarIT.class, GuardedBeans.class)
                .addClasses(resources);
        return ShrinkWrap.create(EnterpriseArchive.class, "guarded.ear")
                .addAsModules(beans, web)
                .addAsLibrary(Archives.extension())
                .addAsLibraries(Archives.testLibraries());
    }
}
