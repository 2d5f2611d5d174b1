package io.switchgear.example;

/** Thrown when a visitor sends a value that a knob does not accept. */
public class InvalidKnobException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidKnobException(String message) {
        super(message);
    }
}
