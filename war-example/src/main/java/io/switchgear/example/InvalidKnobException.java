package io.switchgear.example;

/** A value that a visitor sent and that a knob refused. */
public class InvalidKnobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidKnobException(String message) {
        super(message);
    }
}
