// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.window;

import io.switchgear.console.model.BreakerRow;
import io.switchgear.console.model.Text;
import io.switchgear.console.model.View;
import java.awt.Component;
import java.awt.Font;
import java.util.List;
import java.util.function.Consumer;
import javax.management.ObjectName;
import javax.swing.JTable;
import javax.swing.ListSelectionModel;
import javax.swing.SwingConstants;
import javax.swing.table.AbstractTableModel;
import javax.swing.table.DefaultTableCellRenderer;
import javax.swing.table.TableRowSorter;

/**
 * The table of all breakers, what needs attention first until a column is sorted. The selection follows its breaker.
 */
final class BreakerTable extends JTable {
    private enum Column {
        STATE("State", 110),
        BREAKER("Breaker", 300),
        LEFT("Time left", 80),
        SINCE("Since", 80),
        CALLS("Calls/s", 60),
        FAILED("Failed %", 60),
        REJECTED("Rejected/s", 70),
        REASON("Reason", 260),
        APPLICATION("Application", 100);

        final String title;
        final int width;

        Column(String title, int width) {
            this.title = title;
            this.width = width;
        }

        boolean isNumber() {
            return this == CALLS || this == FAILED || this == REJECTED;
        }
    }

    private static final List<Column> COLUMNS = List.of(Column.values());

    private static final class Model extends AbstractTableModel {
        private List<BreakerRow> rows = List.of();
        private View view;

        @Override
        public int getRowCount() {
            return rows.size();
        }

        @Override
        public int getColumnCount() {
            return COLUMNS.size();
        }

        @Override
        public String getColumnName(int column) {
            return COLUMNS.get(column).title;
        }

        @Override
        public Class<?> getColumnClass(int column) {
            return COLUMNS.get(column).isNumber() ? Double.class : String.class;
        }

        @Override
        public Object getValueAt(int index, int column) {
            BreakerRow row = rows.get(index);
            return switch (COLUMNS.get(column)) {
                case STATE -> row.stateInWords();
                case BREAKER -> Text.shown(row.name());
                case LEFT -> row.timeLeft();
                case SINCE -> view.since(row);
                case CALLS -> row.callsPerSecond();
                case FAILED -> row.failedPercent();
                case REJECTED -> row.rejectedPerSecond();
                case REASON -> Text.shown(reason(row));
                case APPLICATION -> Text.shown(row.applicationName());
            };
        }
    }

    /** Returns what explains the state: the reason of a mode, or the last trip of a breaker that is not closed. */
    private static String reason(BreakerRow row) {
        if (!row.isAutomatic()) {
            return row.modeReason();
        }
        return row.state().equals("CLOSED") ? "" : row.lastTrip();
    }

    private final Model rows = new Model();
    private final transient Consumer<ObjectName> selected;
    private transient ObjectName pinned;
    private transient String search = "";

    /**
     * Creates a table.
     *
     * @param selected called when the operator selects a breaker that is not pinned yet
     */
    BreakerTable(Consumer<ObjectName> selected) {
        this.selected = selected;
        setName("breakers");
        getAccessibleContext().setAccessibleName("Circuit breakers, the most urgent first");
        setModel(rows);
        setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        setFillsViewportHeight(true);
        setRowSorter(new TableRowSorter<>(rows));
        for (int i = 0; i < COLUMNS.size(); i++) {
            getColumnModel().getColumn(i).setPreferredWidth(COLUMNS.get(i).width);
            getColumnModel().getColumn(i).setCellRenderer(new Cell(COLUMNS.get(i)));
        }
    }

    private final class Cell extends DefaultTableCellRenderer {
        private final Column column;

        Cell(Column column) {
            this.column = column;
            Plain.noHtml(this);
            setHorizontalAlignment(column.isNumber() ? SwingConstants.RIGHT : SwingConstants.LEFT);
        }

        @Override
        public Component getTableCellRendererComponent(
                JTable table, Object value, boolean isSelected, boolean hasFocus, int row, int index) {
            Object shown = value instanceof Double number ? Text.number(number) : value;
            super.getTableCellRendererComponent(table, shown, isSelected, hasFocus, row, index);
            BreakerRow breaker = rows.rows.get(convertRowIndexToModel(row));
            if (column == Column.STATE) {
                setText("● " + value);
                if (!isSelected) {
                    setForeground(color(breaker).on(table));
                }
            } else if (!isSelected) {
                setForeground(table.getForeground());
            }
            setToolTipText(column == Column.BREAKER || column == Column.REASON ? String.valueOf(value) : null);
            return this;
        }
    }

    static Palette color(BreakerRow row) {
        if (!row.enabled()) {
            return Palette.OFF;
        }
        return switch (row.state()) {
            case "OPEN" -> row.isAutomatic() ? Palette.OPEN : Palette.FORCED;
            case "HALF_OPEN" -> Palette.HALF_OPEN;
            default -> row.isAutomatic() ? Palette.CLOSED : Palette.FORCED;
        };
    }

    @Override
    public void setFont(Font font) {
        super.setFont(font);
        if (font != null) {
            setRowHeight(getFontMetrics(font).getHeight() + 6);
        }
    }

    void search(String text) {
        search = text;
    }

    void show(View view) {
        rows.view = view;
        rows.rows = view.rows().stream().filter(row -> row.matches(search)).toList();
        rows.fireTableDataChanged();
        ObjectName shown = view.detail() == null ? pinned : view.detail().mbean();
        for (int i = 0; i < rows.rows.size(); i++) {
            if (rows.rows.get(i).mbean().equals(pinned == null ? shown : pinned)) {
                int row = convertRowIndexToView(i);
                setRowSelectionInterval(row, row);
            }
        }
    }

    /** Keeps the selection on a breaker, whatever becomes more urgent. */
    void pin(ObjectName breaker) {
        pinned = breaker;
    }

    /** Is called for each click and key that selects, also of the row that is selected already. */
    @Override
    public void changeSelection(int row, int column, boolean toggle, boolean extend) {
        super.changeSelection(row, column, toggle, extend);
        if (getSelectedRow() >= 0) {
            ObjectName breaker =
                    rows.rows.get(convertRowIndexToModel(getSelectedRow())).mbean();
            if (!breaker.equals(pinned)) {
                pinned = breaker;
                selected.accept(breaker);
            }
        }
    }
}
