// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import io.switchgear.console.model.Setting;
import java.awt.Color;
import java.awt.Component;
import java.awt.Font;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.MouseEvent;
import java.util.EventObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.management.ObjectName;
import javax.swing.BorderFactory;
import javax.swing.DefaultCellEditor;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.TableCellEditor;

/** The settings of a breaker. A value that is typed is checked at each key, and waits until it is applied. */
final class SettingsTable extends JTable {
    private static final List<String> COLUMNS = List.of("Setting", "Value", "Unit", "Allowed", "Default", "From");
    private static final int VALUE = 1;

    private final transient Consumer<String> message;
    private final transient Runnable changed;
    private final Model model = new Model();
    private transient ObjectName mbean;
    // the settings as they were when the operator began to type
    private final transient Map<Setting, String> pending = new LinkedHashMap<>();

    /**
     * Creates a table.
     *
     * @param message shows a problem with what is typed; empty when there is none
     * @param changed called when another change waits, or one less
     */
    SettingsTable(Consumer<String> message, Runnable changed) {
        this.message = message;
        this.changed = changed;
        setName("settings");
        getAccessibleContext().setAccessibleName("Settings of the selected breaker");
        putClientProperty("terminateEditOnFocusLost", false);
        setModel(model);
        setDefaultRenderer(Object.class, new Cell());
        int[] widths = {210, 140, 90, 140, 110, 110};
        for (int i = 0; i < widths.length; i++) {
            getColumnModel().getColumn(i).setPreferredWidth(widths[i]);
        }
    }

    private final class Model extends AbstractTableModel {
        private List<Setting> settings = List.of();
        private boolean writable;

        @Override
        public int getRowCount() {
            return settings.size();
        }

        @Override
        public int getColumnCount() {
            return COLUMNS.size();
        }

        @Override
        public String getColumnName(int column) {
            return COLUMNS.get(column);
        }

        @Override
        public boolean isCellEditable(int row, int column) {
            return column == VALUE && writable && settings.get(row).writable();
        }

        @Override
        public Object getValueAt(int row, int column) {
            Setting setting = settings.get(row);
            return switch (column) {
                case 0 -> setting.name();
                case VALUE -> pendingOf(setting).map(Map.Entry::getValue).orElse(setting.value());
                case 2 -> setting.unit();
                case 3 -> setting.range();
                case 4 -> setting.defaultValue();
                default -> setting.origin();
            };
        }

        @Override
        public void setValueAt(Object value, int row, int column) {
            Setting setting = settings.get(row);
            pendingOf(setting).map(Map.Entry::getKey).ifPresent(pending::remove);
            if (!setting.isSame(value.toString(), setting.value())) {
                pending.put(setting, value.toString().strip());
            }
            changed.run();
            fireTableRowsUpdated(row, row);
        }
    }

    private Optional<Map.Entry<Setting, String>> pendingOf(Setting setting) {
        return pending.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(setting.name()))
                .findFirst();
    }

    private final class Cell extends DefaultTableCellRenderer {
        Cell() {
            Plain.noHtml(this);
        }

        @Override
        public Component getTableCellRendererComponent(
                JTable table, Object value, boolean isSelected, boolean hasFocus, int row, int column) {
            super.getTableCellRendererComponent(table, value, isSelected, hasFocus, row, column);
            Setting setting = model.settings.get(row);
            boolean waits = pendingOf(setting).isPresent();
            if (column == VALUE && (waits || !setting.isSame(setting.value(), setting.defaultValue()))) {
                setFont(getFont().deriveFont(Font.BOLD));
                if (waits) {
                    setText(setting.value() + " → " + value);
                }
            }
            setToolTipText(setting.description());
            return this;
        }
    }

    private final class ValueEditor extends DefaultCellEditor {
        private final Setting setting;
        private final JTextField field;

        ValueEditor(Setting setting, JTextField field) {
            super(field);
            this.setting = setting;
            this.field = field;
            setClickCountToStart(1);
            field.setName("value");
            field.getAccessibleContext().setAccessibleName(setting.name() + ", " + setting.range());
            field.addFocusListener(new FocusAdapter() {
                @Override
                public void focusGained(FocusEvent gained) {
                    field.selectAll();
                }
            });
            field.getDocument().addDocumentListener(new DocumentListener() {
                @Override
                public void insertUpdate(DocumentEvent typed) {
                    check();
                }

                @Override
                public void removeUpdate(DocumentEvent typed) {
                    check();
                }

                @Override
                public void changedUpdate(DocumentEvent typed) {
                    check();
                }
            });
        }

        private boolean check() {
            String problem = setting.problem(field.getText());
            Color color =
                    problem.isEmpty() ? Palette.CLOSED.on(SettingsTable.this) : Palette.OPEN.on(SettingsTable.this);
            field.setBorder(BorderFactory.createLineBorder(color, 2));
            message.accept(problem);
            return problem.isEmpty();
        }

        @Override
        public boolean stopCellEditing() {
            return check() && super.stopCellEditing();
        }

        @Override
        public void cancelCellEditing() {
            message.accept("");
            super.cancelCellEditing();
        }

        @Override
        public boolean isCellEditable(EventObject event) {
            return !(event instanceof MouseEvent mouse) || mouse.getClickCount() >= 1;
        }
    }

    @Override
    public void setFont(Font font) {
        super.setFont(font);
        if (font != null) {
            setRowHeight(getFontMetrics(font).getHeight() + 6);
        }
    }

    @Override
    public TableCellEditor getCellEditor(int row, int column) {
        return new ValueEditor(model.settings.get(row), new JTextField());
    }

    /**
     * Shows the settings in force.
     *
     * @return what another hand has changed although a change of it waited here: that change is dropped; empty for none
     */
    String show(ObjectName shown, List<Setting> settings, boolean writable) {
        String overtaken = "";
        boolean same = shown.equals(mbean) && settings.size() == model.settings.size();
        if (!same) {
            if (isEditing()) {
                getCellEditor().cancelCellEditing();
            }
            pending.clear();
            changed.run();
        }
        for (Setting setting : settings) {
            Optional<Map.Entry<Setting, String>> waiting = pendingOf(setting);
            if (waiting.isPresent()
                    && !setting.isSame(setting.value(), waiting.get().getKey().value())) {
                overtaken = setting.name() + " was changed to " + setting.value() + " meanwhile; your "
                        + waiting.get().getValue() + " was dropped";
                pending.remove(waiting.get().getKey());
                changed.run();
            }
        }
        mbean = shown;
        model.settings = settings;
        model.writable = writable;
        if (same) {
            repaint();
        } else {
            model.fireTableDataChanged();
        }
        return overtaken;
    }

    /** Returns whether a change can be applied now. What is typed stays while it cannot, for a lost connection say. */
    boolean isWritable() {
        return model.writable;
    }

    /** Returns the changes that wait. */
    Map<Setting, String> pending() {
        return new LinkedHashMap<>(pending);
    }

    void discard() {
        if (isEditing()) {
            getCellEditor().cancelCellEditing();
        }
        pending.clear();
        changed.run();
        repaint();
    }
}
