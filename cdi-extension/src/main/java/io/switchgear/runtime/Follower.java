package io.switchgear.runtime;

import io.switchgear.Tunable;

/** Follows what can be tuned as it comes and goes; told of one thing at a time. */
public interface Follower {
    /** It is there. */
    void added(Tunable<?> tunable);

    /** It is there no more. */
    void removed(Tunable<?> tunable);
}
