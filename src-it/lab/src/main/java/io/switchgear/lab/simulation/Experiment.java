// SPDX-License-Identifier: Apache-2.0
package io.switchgear.lab.simulation;

import io.switchgear.lab.simulation.Figures.Count;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One run of a scenario with one kind of subject. */
public final class Experiment {
    private static final int ARRIVALS = 1;
    private static final int CHOICES = 2;
    private static final int SUBJECTS = 3;
    private static final int SERVICES = 100;

    private final VirtualTime time = new VirtualTime();
    private final Scenario scenario;
    private final Figures figures;
    private final Script script;
    private final Chance arrivals;
    private final Chance choices;
    private final List<Backend> services = new ArrayList<>();
    private final List<Subject> subjects = new ArrayList<>();
    private final int owners;
    private final Deque<Integer> idle = new ArrayDeque<>();
    // the times at which the calls began that wait for a worker
    private final Deque<Long> waiting = new ArrayDeque<>();
    private boolean working;

    private Experiment(Scenario scenario, Subject.Kind kind, long seed) {
        this.scenario = scenario;
        this.figures = new Figures(scenario);
        this.script = new Script(time, scenario.phases());
        this.arrivals = new Chance(seed, ARRIVALS);
        this.choices = new Chance(seed, CHOICES);
        this.owners = switch (scenario.breakers()) {
            case SHARED -> 1;
            case CLIENT -> scenario.clients();
            case WORKER -> scenario.workers();
        };
        Script.Moment first = script.now();
        Chance chance = new Chance(seed, SUBJECTS);
        for (int i = 0; i < scenario.services(); i++) {
            // the script is that of the first service; the others stay as all of them begin
            services.add(
                    new Backend(time, scenario, new Chance(seed, SERVICES + i), i == 0 ? script::now : () -> first));
            for (int owner = 0; owner < owners; owner++) {
                subjects.add(kind.factory().create(time, chance));
            }
        }
        for (int i = 0; i < scenario.workers(); i++) {
            idle.add(i);
        }
    }

    /** Runs a scenario. */
    public static Figures run(Scenario scenario, Subject.Kind kind, long seed) {
        Experiment experiment = new Experiment(scenario, kind, seed);
        experiment.time.after(0, experiment::arrive);
        experiment.time.after(VirtualTime.SECOND - 1, () -> experiment.observe(0));
        experiment.time.run(scenario.nanos());
        return experiment.figures;
    }

    private void observe(int second) {
        double sum = 0;
        for (Subject subject : subjects) {
            sum += subject.admits();
        }
        figures.admitted(second, sum / subjects.size());
        if (second + 1 < figures.seconds()) {
            time.after(VirtualTime.SECOND, () -> observe(second + 1));
        }
    }

    private void arrive() {
        double rate = script.phase().arrivals() == 0
                ? scenario.arrivals()
                : script.phase().arrivals();
        double mean = VirtualTime.SECOND / rate;
        time.after((long) (scenario.random() ? arrivals.exponential(mean) : mean), this::arrive);
        figures.add(Count.OFFERED, time.nanos());
        if (scenario.workers() == 0) {
            start(owners == 1 ? 0 : choices.below(owners), -1);
        } else {
            waiting.add(time.nanos());
            work();
        }
    }

    private void work() {
        if (working) {
            // a call that ended at once: the loop below goes on
            return;
        }
        working = true;
        while (!idle.isEmpty() && !waiting.isEmpty()) {
            if (time.nanos() - waiting.remove() > scenario.patienceNanos()) {
                figures.add(Count.DROPPED, time.nanos());
            } else {
                int worker = idle.remove();
                start(owners == 1 ? 0 : worker, worker);
            }
        }
        working = false;
    }

    private void start(int owner, int worker) {
        int service = choices.below(services.size());
        Backend backend = services.get(service);
        subjects.get(service * owners + owner)
                .call(
                        reply -> {
                            figures.add(Count.SENT, time.nanos());
                            backend.request(reply);
                        },
                        ending -> ended(ending, worker));
    }

    private void ended(Subject.Ending ending, int worker) {
        figures.add(
                switch (ending) {
                    case DELIVERED -> Count.DELIVERED;
                    case FAILED -> Count.FAILED;
                    case REJECTED -> Count.REJECTED;
                },
                time.nanos());
        if (worker >= 0) {
            idle.add(worker);
            work();
        }
    }
}
