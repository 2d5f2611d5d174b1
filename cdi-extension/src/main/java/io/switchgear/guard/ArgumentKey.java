// SPDX-License-Identifier: Apache-2.0
package io.switchgear.guard;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * The key of a last good value: a copy of the arguments of a call, so that an argument that is changed later never gets
 * the value of another. Arrays are compared by their elements.
 *
 * <p>Only what can be copied and weighed can be a key. Keys are what callers send, and there are as many as values:
 * references to objects of any size would let callers fill the memory.
 */
final class ArgumentKey {
    /** The maximum weight of a key: roughly the bytes that its copy takes. */
    static final int MAX_BYTES = 8_192;

    private static final int OBJECT_BYTES = 16;

    /** Classes of the JDK with small and immutable objects, besides those of {@code java.time}. */
    private static final Set<Class<?>> SMALL = Set.of(
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            Currency.class,
            UUID.class);

    /** Thrown for arguments that cannot be a key; the message says why. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message, null, false, false);
        }
    }

    /** The copy of an argument that has parts; of arguments of equal types, those with equal parts are equal. */
    private static final class Copy {
        private final Class<?> type;
        private final Object[] parts;

        Copy(Class<?> type, Object... parts) {
            this.type = type;
            this.parts = parts;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Copy copy && type == copy.type && Arrays.deepEquals(parts, copy.parts);
        }

        @Override
        public int hashCode() {
            return Arrays.deepHashCode(parts);
        }
    }

    /**
     * The fields of the objects of a class, made accessible, or the reason why they are not copied. Intentional: no
     * object of a class of this library, which the class of an argument would keep in memory after an undeployment.
     */
    private static final ClassValue<Object> FIELDS = new ClassValue<>() {
        @Override
        protected Object computeValue(Class<?> type) {
            try {
                return fields(type);
            } catch (RefusedException refused) {
                return refused.getMessage();
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException("every class has equals", impossible);
            }
        }
    };

    private final Copy arguments;
    private final int hash;

    /** @throws RefusedException if the arguments cannot be a key */
    ArgumentKey(Object... arguments) {
        this.arguments = (Copy) new Scale().copy(arguments);
        this.hash = this.arguments.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArgumentKey key && hash == key.hash && arguments.equals(key.arguments);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Copies and weighs at once, so that it stops where the weight is too large, whatever an argument says. */
    private static final class Scale {
        private int bytes;

        private void add(long more) {
            if (more > MAX_BYTES - bytes) {
                throw new RefusedException("arguments of more than " + MAX_BYTES + " bytes");
            }
            bytes += (int) more;
        }

        Object copy(Object argument) {
            add(OBJECT_BYTES);
            if (argument == null || argument instanceof Enum<?> || argument instanceof Class<?>) {
                return argument;
            }
            Class<?> type = argument.getClass();
            if (type.isArray()) {
                return copyOfArray(type, argument);
            }
            if (argument instanceof Map<?, ?> map) {
                Map<Object, Object> copy = new HashMap<>();
                map.forEach((key, value) -> copy.put(copy(key), copy(value)));
                return new Copy(Map.class, copy);
            }
            if (argument instanceof Set<?> set) {
                Set<Object> copy = new HashSet<>();
                set.forEach(each -> copy.add(copy(each)));
                return new Copy(Set.class, copy);
            }
            if (argument instanceof List<?> list) {
                List<Object> copy = new ArrayList<>();
                list.forEach(each -> copy.add(copy(each)));
                return new Copy(List.class, copy.toArray());
            }
            return type.getName().startsWith("java.") ? copyOfJdk(type, argument) : copyOfValue(type, argument);
        }

        private Copy copyOfArray(Class<?> type, Object array) {
            if (array instanceof Object[] several) {
                add((long) several.length * OBJECT_BYTES);
                return new Copy(
                        Object[].class, Arrays.stream(several).map(this::copy).toArray());
            }
            if (array instanceof char[]) {
                throw new RefusedException("a char[], which may be a password");
            }
            int length = Array.getLength(array);
            add(length * (long) Long.BYTES);
            Object copy = Array.newInstance(type.getComponentType(), length);
            System.arraycopy(array, 0, copy, 0, length);
            return new Copy(type, copy);
        }

        @SuppressWarnings("JavaUtilDate") // an argument of the application
        private Object copyOfJdk(Class<?> type, Object argument) {
            if (argument instanceof Optional<?> optional) {
                return new Copy(type, copy(optional.orElse(null)));
            }
            if (argument instanceof Date date) {
                return date.clone();
            }
            add(variableBytes(type, argument));
            return argument;
        }

        /** Returns the weight of an immutable object of the JDK beyond that of any object. */
        private static long variableBytes(Class<?> type, Object argument) {
            if (argument instanceof String text) {
                return 2L * text.length();
            }
            if (argument instanceof BigInteger number) {
                return number.bitLength() / 8;
            }
            if (argument instanceof BigDecimal number) {
                return number.unscaledValue().bitLength() / 8;
            }
            if (argument instanceof URI || argument instanceof Locale) {
                return 2L * argument.toString().length();
            }
            if (SMALL.contains(type) || type.getPackageName().equals("java.time")) {
                return OBJECT_BYTES;
            }
            throw refused(type);
        }

        /** Copies the fields of a record, or of another class whose objects are values: all fields are final. */
        private Copy copyOfValue(Class<?> type, Object value) {
            if (!(FIELDS.get(type) instanceof Field[] fields)) {
                throw new RefusedException(FIELDS.get(type).toString());
            }
            Object[] parts = new Object[fields.length];
            for (int i = 0; i < parts.length; i++) {
                try {
                    parts[i] = copy(fields[i].get(value));
                } catch (IllegalAccessException impossible) {
                    throw new IllegalStateException(fields[i] + " was made accessible", impossible);
                }
            }
            return new Copy(type, parts);
        }
    }

    private static Field[] fields(Class<?> type) throws NoSuchMethodException {
        List<Field> fields = new ArrayList<>();
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            for (Field field : each.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.add(field);
                }
            }
        }
        boolean isValue = type.isRecord()
                || (!fields.isEmpty()
                        && type.getMethod("equals", Object.class).getDeclaringClass() != Object.class
                        && fields.stream().allMatch(field -> Modifier.isFinal(field.getModifiers())));
        if (!isValue) {
            throw refused(type);
        }
        for (Field field : fields) {
            try {
                field.setAccessible(true);
            } catch (InaccessibleObjectException closed) {
                Class<?> in = field.getDeclaringClass();
                throw new RefusedException("a " + type.getName() + ", whose fields cannot be read, as module "
                        + in.getModule().getName() + " does not open " + in.getPackageName());
            }
        }
        return fields.toArray(Field[]::new);
    }

    private static RefusedException refused(Class<?> type) {
        return new RefusedException("a " + type.getName() + ", which may change or equals no other");
    }
}
